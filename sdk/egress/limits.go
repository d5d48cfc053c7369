package egress

import "time"

// The bounds of one exchange with the outside.
const (
	MaxRequest = 1 << 20          // bytes of a request's body
	MaxAnswer  = 20 << 20         // bytes of an answer's body
	MaxHeader  = 64 << 10         // bytes of the headers of either
	Within     = 30 * time.Second // from the request to the answer's last byte
)
