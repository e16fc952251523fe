import axios from 'axios'
import { logger } from '../logger.js'
import { getAccessToken } from './token.js'

const api = axios.create({ baseURL: 'https://api.zoom.us/v2', timeout: 10_000 })

api.interceptors.request.use(async (config) => {
  config.headers.Authorization = `Bearer ${await getAccessToken()}`
  return config
})

api.interceptors.response.use(
  (response) => response,
  (error) => {
    logger.error('zoom request failed', {
      status: error.response?.status,
      config: error.config,
      body: error.response?.data,
    })
    return Promise.reject(error)
  },
)

export async function createMeeting(hostId, { topic, startsAt, minutes, timezone }) {
  const { data } = await api.post(`/users/${encodeURIComponent(hostId)}/meetings`, {
    topic,
    type: 2,
    start_time: startsAt.toISOString(),
    duration: minutes,
    timezone,
    settings: { waiting_room: true, join_before_host: false },
  })
  return { id: String(data.id), joinUrl: data.join_url }
}

export async function deleteMeeting(meetingId) {
  await api.delete(`/meetings/${encodeURIComponent(meetingId)}`)
}
