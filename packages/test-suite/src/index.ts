export type { ContractTest } from "./clause.ts";
export type { ContractServer, FlowContractOptions, MakeSession } from "./flow/contract-server.ts";
export { flowContract } from "./flow-contract.ts";
export type { MakeStore, StoreContractOptions, StoreUnderTest } from "./store/subject.ts";
export { storeContract } from "./store-contract.ts";
