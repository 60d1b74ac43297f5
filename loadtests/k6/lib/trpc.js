import http from 'k6/http';

/*
 * Calls the shop's procedures over HTTP as its pages do. Values travel as devalue writes them: a flat list in which objects and
 * arrays name their parts by their places; https://github.com/sveltejs/devalue
 */

const undefinedPlace = -1;

function encode(value) {
  const list = [];
  const place = (part) => {
    if (part === undefined) return undefinedPlace;
    const at = list.push(part) - 1;
    if (Array.isArray(part)) list[at] = part.map(place);
    else if (part !== null && typeof part === 'object') {
      list[at] = Object.fromEntries(Object.entries(part).map(([key, item]) => [key, place(item)]));
    }
    return at;
  };
  place(value);
  return JSON.stringify(list);
}

function decode(text) {
  const list = JSON.parse(text);
  const read = (at) => {
    if (at < 0) return undefined;
    const part = list[at];
    if (Array.isArray(part)) {
      if (part[0] === 'Date') return new Date(part[1]);
      return typeof part[0] === 'string' ? part : part.map(read);
    }
    if (part === null || typeof part !== 'object') return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, read(item)]));
  };
  return Array.isArray(list) ? read(0) : undefined;
}

/**
 * One call; the cookies of a VU are kept between them. `address`: of a buyer's network.
 * @returns `{ ok: true, value }`, or `{ ok: false, refusal, status }`; `refusal` is null when the shop did not answer as it should.
 */
function answerOf(response) {
  let body;
  try {
    body = JSON.parse(response.body);
  } catch {
    return { ok: false, refusal: null, status: response.status };
  }
  if (body.result)
    return {
      ok: true,
      value: body.result.data === undefined ? undefined : decode(body.result.data),
    };
  return { ok: false, refusal: decode(body.error)?.data?.refusal ?? null, status: response.status };
}

/** The shop at `url`, for a buyer of this network. */
export function shopAt(url, address) {
  const params = (name) => ({
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    tags: { name },
    // A refusal is an answer, not a failure of HTTP.
    responseCallback: http.expectedStatuses({ min: 200, max: 499 }),
  });
  return {
    page: (path, name) => http.get(`${url}${path}`, params(name)),
    ask(name, input) {
      const query = encodeURIComponent(JSON.stringify(encode(input)));
      return answerOf(http.get(`${url}/trpc/${name}?input=${query}`, params(name)));
    },
    tell: (name, input) =>
      answerOf(http.post(`${url}/trpc/${name}`, JSON.stringify(encode(input)), params(name))),
  };
}
