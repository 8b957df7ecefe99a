import type { FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'

/** A positive whole number from the route's parameters; anything else is a page that is not there. */
export function idOf(request: FastifyRequest, name = 'id'): number {
  const text = (request.params as Record<string, string | undefined>)[name] ?? ''
  const id = /^[1-9]\d{0,14}$/.test(text) ? Number(text) : 0
  if (id === 0) throw new AppError('not_found')
  return id
}

/** One value of the query, NFC, at most 200 characters; '' where absent, repeated or not text. */
export function queryText(request: FastifyRequest, name: string): string {
  const value = (request.query as Record<string, unknown>)[name]
  return typeof value === 'string' ? value.normalize('NFC').trim().slice(0, 200) : ''
}

/** A query value that must be one of a list, else undefined. */
export function queryOneOf<T extends string>(
  request: FastifyRequest,
  name: string,
  codes: readonly T[],
): T | undefined {
  const value = queryText(request, name)
  return codes.find((code) => code === value)
}

/** A positive whole number of the query, else undefined. */
export function queryId(request: FastifyRequest, name: string): number | undefined {
  const text = queryText(request, name)
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined
}

/** The page asked for, from 1. */
export function pageOf(request: FastifyRequest): number {
  return Math.min(queryId(request, 'page') ?? 1, 100_000)
}
