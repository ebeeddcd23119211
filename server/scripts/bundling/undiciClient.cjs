// Stands for undici in the bundles: of all that its index exports, the Node fetcher uses the client and its `request`, and
// the index would bring fetch, WebSockets and caches along, which no bundler can take out of CommonJS.
const Client = require("../../../node_modules/undici/lib/dispatcher/client.js");
const Dispatcher = require("../../../node_modules/undici/lib/dispatcher/dispatcher.js");

// As undici's own index does.
Dispatcher.prototype.request = require("../../../node_modules/undici/lib/api/api-request.js");

exports.Client = Client;
