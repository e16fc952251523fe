const got = require('got');

const outbound = got.extend({
  timeout: { connect: 2000, response: 8000, request: 12000 },
  retry: {
    limit: 2,
    methods: ['GET', 'HEAD'],
    statusCodes: [429, 502, 503, 504],
    maxRetryAfter: 10000,
  },
});

module.exports = { outbound };
