class Geocoder {
  async locate() {
    return null;
  }
}

module.exports = Geocoder;
