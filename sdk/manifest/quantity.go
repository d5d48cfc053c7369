package manifest

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Size is a number of bytes, written "50MiB".
type Size int64

var units = []struct {
	suffix string
	bytes  Size
}{{"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}}

// UnmarshalJSON reads "50MiB".
func (s *Size) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err != nil {
		return err
	}
	for _, u := range units {
		if digits, ok := strings.CutSuffix(text, u.suffix); ok {
			n, err := strconv.ParseUint(digits, 10, 24) // times GiB still fits
			*s = Size(n) * u.bytes
			return err
		}
	}
	return fmt.Errorf("%q is no size: write 500KiB, 50MiB or 2GiB", text)
}

// MarshalJSON writes the largest unit that leaves no rest.
func (s Size) MarshalJSON() ([]byte, error) {
	for i := len(units) - 1; i >= 0; i-- {
		if u := units[i]; s >= u.bytes && s%u.bytes == 0 {
			return json.Marshal(strconv.FormatInt(int64(s/u.bytes), 10) + u.suffix)
		}
	}
	return json.Marshal(int64(s))
}

// Duration is a length of time, written "60s", "5m" or "1h".
type Duration time.Duration

// UnmarshalJSON reads "60s".
func (d *Duration) UnmarshalJSON(b []byte) error {
	var text string
	if err := json.Unmarshal(b, &text); err != nil {
		return err
	}
	v, err := time.ParseDuration(text)
	*d = Duration(v)
	return err
}

// MarshalJSON writes Go's form, "1m0s".
func (d Duration) MarshalJSON() ([]byte, error) { return json.Marshal(time.Duration(d).String()) }
