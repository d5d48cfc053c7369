package egress

import (
	"net/http"
	"strings"
)

// Strip takes away in place what is between module and core only.
func Strip(h http.Header) {
	for key := range h {
		if strings.HasPrefix(http.CanonicalHeaderKey(key), "Preau-") {
			delete(h, key)
		}
	}
}
