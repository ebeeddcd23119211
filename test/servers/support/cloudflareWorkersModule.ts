/** Stands in for the module `cloudflare:workers`, which only the Workers runtime has. */
export class WorkerEntrypoint {}
