'use client'

import mapboxgl from 'mapbox-gl'
import { useEffect, useRef } from 'react'
import type { Stop } from '@/tours/types'

mapboxgl.accessToken = process.env.NEXT_PUBLIC_MAPBOX_TOKEN ?? ''

interface Props {
  stops: Stop[]
  center: [number, number]
}

export function TourMap({ stops, center }: Props) {
  const container = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (!container.current) return
    const map = new mapboxgl.Map({
      container: container.current,
      style: 'mapbox://styles/mapbox/streets-v12',
      center,
      zoom: 10,
    })
    const markers = stops.map((stop) =>
      new mapboxgl.Marker()
        .setLngLat([stop.lng, stop.lat])
        .setPopup(new mapboxgl.Popup().setText(stop.label))
        .addTo(map),
    )
    return () => {
      markers.forEach((marker) => marker.remove())
      map.remove()
    }
  }, [stops, center])

  return <div ref={container} className="h-96 w-full" />
}
