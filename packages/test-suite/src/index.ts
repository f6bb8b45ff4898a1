export type { ContractTest } from "./contract.ts";
export type { ContractServer, FlowContractOptions, MakeSession } from "./flow/server.ts";
export { flowContract } from "./flow-contract.ts";
export type { MakeStore, StoreContractOptions, StoreUnderTest } from "./store/under-test.ts";
export { storeContract } from "./store-contract.ts";
