const { outbound } = require('./http');

class Geocoder {
  constructor({ endpoint, apiKey, cache }) {
    this.cache = cache;
    this.client = outbound.extend({
      prefixUrl: endpoint,
      headers: { authorization: `Bearer ${apiKey}` },
    });
  }

  async locate(address) {
    const key = address.trim().toLowerCase();
    const hit = this.cache.get(key);
    if (hit) return hit;

    const { results } = await this.client.get('geocode', { searchParams: { q: key, limit: 1 } }).json();
    if (!Array.isArray(results) || results.length === 0) return null;

    const point = { lat: Number(results[0].lat), lng: Number(results[0].lng) };
    if (!Number.isFinite(point.lat) || !Number.isFinite(point.lng)) {
      throw new Error('geocoder returned a result without coordinates');
    }
    this.cache.set(key, point);
    return point;
  }
}

module.exports = Geocoder;
