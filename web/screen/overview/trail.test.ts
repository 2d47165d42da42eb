import { expect, test } from 'vitest'
import { trailOf } from './trail.ts'

const place = (id: string) => ({ id, name: `${id}委` })
const shown = { organisationId: 'town', shortName: 'town委', trail: ['province', 'county', 'town'].map(place) }
const post = (id: string) => ({ organisationId: id, organisationName: `${id}委` })

test('the way begins at the organisation of the post', () => {
  expect(trailOf(post('county'), 'town', shown).map(({ id }) => id)).toEqual(['county', 'town'])
  expect(trailOf(post('town'), 'town', shown)).toEqual([place('town')])
})

test('the trail of the platform may or may not end with the organisation itself', () => {
  expect(trailOf(post('province'), 'town', { ...shown, trail: shown.trail.slice(0, 2) })).toEqual(trailOf(post('province'), 'town', shown))
})

test('before the first answer there is the way to the start', () => {
  expect(trailOf(post('county'), 'county', undefined)).toEqual([place('county')])
  expect(trailOf(post('county'), 'town', undefined)).toEqual([place('county'), { id: 'town', name: '…' }])
})
