'use client';

import { useEffect, useRef } from 'react';
import mapboxgl from 'mapbox-gl';
import 'mapbox-gl/dist/mapbox-gl.css';
import type { Store } from '@/lib/stores';

const PUBLIC_TOKEN = 'pk.eyJ1Ijoibm9yZHdhcmVuIiwiYSI6ImNsdzE4ajBxNDAxZGIyam8zcm5hZTJ6bHkifQ.Qx3mT0vWcKz8LrY1bHsNpg';

interface Props {
  stores: Store[];
  onSelect(store: Store): void;
}

export function StoreMap({ stores, onSelect }: Props) {
  const container = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!container.current) return;
    const map = new mapboxgl.Map({
      accessToken: PUBLIC_TOKEN,
      container: container.current,
      style: 'mapbox://styles/mapbox/light-v11',
      center: [10.0, 53.55],
      zoom: 5,
    });

    const markers = stores.map((store) => {
      const marker = new mapboxgl.Marker({ color: '#00477a' }).setLngLat([store.lon, store.lat]).addTo(map);
      marker.getElement().addEventListener('click', () => onSelect(store));
      return marker;
    });

    return () => {
      markers.forEach((marker) => marker.remove());
      map.remove();
    };
  }, [stores, onSelect]);

  return <div ref={container} className="h-96 w-full rounded-lg" aria-label="Map of our stores" />;
}
