export type { ContractTest } from "./clause.ts";
export type { ContractCall, ForbiddenCall } from "./flow/contract-call.ts";
export type { FlowContractOptions, GrantedLifetime, Offer } from "./flow/contract-options.ts";
export type { ContractServer, MakeSession } from "./flow/contract-server.ts";
export { flowContract } from "./flow-contract.ts";
export type { MakeStore, StoreContractOptions, StoreUnderTest } from "./store/subject.ts";
export { storeContract } from "./store-contract.ts";
