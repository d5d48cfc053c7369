package home

// historyMost is how many changes can be undone.
const historyMost = 20

// history is what an arrangement was before its last changes, and what it was
// before they were undone.
type history[T any] struct {
	Past   []T `json:"past,omitempty"`   // the last is the latest
	Future []T `json:"future,omitempty"` // the last is the next to come back
}

// note remembers what was before a change; what had been undone is forgotten.
func (h *history[T]) note(before T) {
	h.Past, h.Future = kept(append(h.Past, before)), nil
}

// undo takes the last change back; false when there is none.
func (h *history[T]) undo(now T) (T, bool) {
	if len(h.Past) == 0 {
		return now, false
	}
	last := len(h.Past) - 1
	before := h.Past[last]
	h.Past, h.Future = h.Past[:last], kept(append(h.Future, now))
	return before, true
}

// redo brings back what was undone last; false when there is nothing.
func (h *history[T]) redo(now T) (T, bool) {
	if len(h.Future) == 0 {
		return now, false
	}
	last := len(h.Future) - 1
	next := h.Future[last]
	h.Future, h.Past = h.Future[:last], kept(append(h.Past, now))
	return next, true
}

func kept[T any](all []T) []T { return all[max(0, len(all)-historyMost):] }
