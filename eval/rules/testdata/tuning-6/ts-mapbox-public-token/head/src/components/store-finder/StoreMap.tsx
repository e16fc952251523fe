'use client'

import { useEffect, useRef } from 'react'
import mapboxgl from 'mapbox-gl'
import { loadStripe } from '@stripe/stripe-js'
import type { Store } from '@/lib/stores'

mapboxgl.accessToken = process.env.NEXT_PUBLIC_MAPBOX_TOKEN ?? ''

export const stripePromise = loadStripe(process.env.NEXT_PUBLIC_STRIPE_PUBLISHABLE_KEY ?? '')

export function StoreMap({ stores }: { stores: Store[] }) {
  const container = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!container.current || stores.length === 0) return
    const bounds = new mapboxgl.LngLatBounds()
    const map = new mapboxgl.Map({
      container: container.current,
      style: 'mapbox://styles/mapbox/light-v11',
      cooperativeGestures: true,
    })

    const markers = stores.map((store) => {
      bounds.extend([store.longitude, store.latitude])
      return new mapboxgl.Marker({ color: '#d5443b' })
        .setLngLat([store.longitude, store.latitude])
        .setPopup(new mapboxgl.Popup().setText(`${store.name}, ${store.city}`))
        .addTo(map)
    })
    map.fitBounds(bounds, { padding: 48, maxZoom: 13, animate: false })

    return () => {
      markers.forEach((marker) => marker.remove())
      map.remove()
    }
  }, [stores])

  return <div ref={container} className="h-96 w-full rounded-lg" />
}
