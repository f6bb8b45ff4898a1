export { n as nodeFetch } from "./node-QHxvS26U.js";
