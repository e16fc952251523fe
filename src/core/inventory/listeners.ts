import type { CodeFile } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'

/** A function that a broker calls when a message arrives. */
export interface Listener {
  readonly line: number
  readonly what: string
  /** The broker, as far as the annotation names it. */
  readonly broker: string | null
}

const ANNOTATION =
  /@(Kafka|Rabbit|Sqs|Jms|Pulsar|ServiceBus|EventHub|Nats|Stream)(?:Listener|QueueTrigger|TopicTrigger|Trigger)\b/g
const BROKERS: Readonly<Record<string, string>> = {
  Kafka: 'kafka',
  Rabbit: 'rabbitmq',
  Sqs: 'aws-sqs',
  Nats: 'nats',
  ServiceBus: 'azure-service-bus',
  EventHub: 'azure-event-hubs',
}
/** JMS calls listeners by an interface: https://jakarta.ee/specifications/messaging/3.1/apidocs/. */
const JMS = /\bvoid\s+onMessage\s*\(\s*(?:final\s+)?(?:jakarta\.jms\.|javax\.jms\.)?Message\b/g

/** More in one file are data. */
const MAX_LISTENERS = 100

const firstOf = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].slice(0, MAX_LISTENERS)

/** The message listeners of a Java or Kotlin file, which are declared and never called by the code. */
export function listenersOf(file: CodeFile): readonly Listener[] {
  if (file.language !== 'java' && file.language !== 'kotlin') return []
  if (!/Listener|Trigger|onMessage/.test(file.text)) return []
  const text = withoutComments(file.text, file.language)
  const lineAt = (index: number) => text.slice(0, index).split('\n').length
  const annotated = firstOf(text, ANNOTATION).map((match) => ({
    line: lineAt(match.index),
    what: match[0],
    broker: BROKERS[match[1] ?? ''] ?? null,
  }))
  const methods = firstOf(text, JMS).map((match) => ({
    line: lineAt(match.index),
    what: 'onMessage',
    broker: null,
  }))
  return [...annotated, ...methods]
}

/** Interfaces that a library turns into clients: Retrofit and Feign, by the names of the interfaces. */
export function clientInterfaces(file: CodeFile): readonly string[] {
  const isRetrofit = /^import\s+(?:static\s+)?retrofit2\.http\./m.test(file.text)
  const feign = /@FeignClient\b[\s\S]{0,400}?\binterface\s+(\w{1,80})/g
  const found = isRetrofit ? /\binterface\s+(\w{1,80})/g : feign
  return [...file.text.matchAll(found)].map(([, name = '']) => name)
}
