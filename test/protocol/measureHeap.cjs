// Loaded into a language server's process before it starts: answers every message over the process' channel with what is
// alive in it after a garbage collection. Needs --expose-gc.
const collect = globalThis.gc;

process.on("message", () => {
  // What finalizers let go is only free after the next collection.
  collect();
  setImmediate(() => {
    collect();
    process.send({
      heap: process.memoryUsage().heapUsed,
      resources: process.getActiveResourcesInfo().sort(),
    });
  });
});
