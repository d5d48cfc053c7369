package draw

import "sync"

type proseKey struct {
	source string
	level  int
}

// proses is a cache in two halves: when the young one is full it becomes the
// old one, so what is read often stays.
type proses struct {
	mu         sync.Mutex
	size       int
	young, old map[proseKey]string
}

func newProses(size int) *proses { return &proses{size: size, young: map[proseKey]string{}} }

// maxCachedProse keeps long texts out of the cache, in bytes.
const maxCachedProse = 8 << 10

func (p *proses) get(k proseKey, draw func(proseKey) string) string {
	if len(k.source) > maxCachedProse {
		return draw(k)
	}
	p.mu.Lock()
	out, ok := p.young[k]
	if !ok {
		out, ok = p.old[k]
	}
	p.mu.Unlock()
	if !ok {
		out = draw(k)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.young) >= p.size {
		p.old, p.young = p.young, map[proseKey]string{}
	}
	p.young[k] = out
	return out
}
