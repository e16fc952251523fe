import posthog from 'posthog-js'

// Project API key: write-only, visible to each visitor by design.
const PROJECT_KEY = 'phc_4hQx2TnVb8RkWm1yLcZs9JdPf6GuA3eYo7NiKtHwXqC'
const HOST = 'https://eu.i.posthog.com'

let started = false

export function startAnalytics(consented: boolean): void {
  if (started || !consented) return
  posthog.init(PROJECT_KEY, {
    api_host: HOST,
    person_profiles: 'identified_only',
    autocapture: false,
    capture_pageview: false,
    mask_all_text: true,
  })
  started = true
}

export function identify(userId: string, plan: string): void {
  if (!started) return
  posthog.identify(userId, { plan })
}

export function track(event: string, properties: Record<string, string | number | boolean> = {}): void {
  if (!started) return
  posthog.capture(event, properties)
}

export function stopAnalytics(): void {
  if (!started) return
  posthog.opt_out_capturing()
  posthog.reset()
  started = false
}
