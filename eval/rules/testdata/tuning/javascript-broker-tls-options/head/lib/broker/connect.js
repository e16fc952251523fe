const fs = require('fs');
const mqtt = require('mqtt');
const settings = require('../settings');
const log = require('../log');

function tlsOptions() {
  return {
    ca: [fs.readFileSync(settings.broker.caPath)],
    cert: fs.readFileSync(settings.broker.certPath),
    key: fs.readFileSync(settings.broker.keyPath),
    rejectUnauthorized: true,
    servername: settings.broker.host,
    minVersion: 'TLSv1.2',
  };
}

function connectBroker({ onMessage }) {
  const client = mqtt.connect(`mqtts://${settings.broker.host}:${settings.broker.port}`, {
    ...tlsOptions(),
    clientId: settings.broker.clientId,
    connectTimeout: 10_000,
    reconnectPeriod: 5_000,
    keepalive: 30,
    clean: false,
  });

  client.on('connect', () => {
    client.subscribe('plants/+/telemetry', { qos: 1 }, (err) => {
      if (err) log.error({ err: err.message }, 'subscribe failed');
    });
  });
  client.handleMessage = (packet, done) => {
    onMessage(packet.topic, packet.payload).then(
      () => done(),
      (err) => {
        log.error({ err: err.message, topic: packet.topic }, 'telemetry not stored');
        done(err);
      },
    );
  };
  client.on('error', (err) => log.error({ err: err.message }, 'broker connection error'));
  return client;
}

module.exports = { connectBroker };
