const fetch = require('node-fetch');
const LRU = require('lru-cache');

class Geocoder {
  constructor({ endpoint, apiKey, logger }) {
    this.endpoint = endpoint;
    this.apiKey = apiKey;
    this.logger = logger;
    this.cache = new LRU({ max: 5000, ttl: 24 * 60 * 60 * 1000 });
  }

  async locate(address) {
    const key = address.trim().toLowerCase();
    const hit = this.cache.get(key);
    if (hit) return hit;

    const res = await fetch(`${this.endpoint}/geocode`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.apiKey}` },
      body: JSON.stringify({ q: key, limit: 1 }),
    });
    if (!res.ok) {
      this.logger.warn({ status: res.status }, 'geocoder refused');
      throw new Error(`geocoder answered ${res.status}`);
    }
    const { results } = await res.json();
    if (!Array.isArray(results) || results.length === 0) return null;

    const point = { lat: Number(results[0].lat), lng: Number(results[0].lng) };
    this.cache.set(key, point);
    return point;
  }
}

module.exports = Geocoder;
