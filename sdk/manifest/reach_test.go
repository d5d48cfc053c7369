package manifest

import (
	"encoding/json"
	"testing"
)

func TestReaches(t *testing.T) {
	granted := []Capability{ReadDirectory, "net.connect:api.example.fr", "net.connect:@hosts", "net.connect:@list"}
	for _, x := range []struct {
		host, own string
		want      bool
	}{
		{"api.example.fr", `{}`, true},
		{"API.example.fr.", ``, true},
		{"x.api.example.fr", `{}`, false},
		{"example.fr", `{}`, false},
		{"a.fr", `{"hosts":"b.fr a.fr"}`, true},
		{"a.fr", `{"hosts":"b.fr,A.FR;c.fr"}`, true},
		{"a.fr", `{"list":["a.fr"]}`, true},
		{"a.fr", `{"other":"a.fr"}`, false},
		{"a.fr", `{"hosts":"*"}`, false},
		{"a.fr", `{"hosts":"*.fr"}`, false},
		{"b.a.fr", `{"hosts":"*.a.fr"}`, true},
		{"c.b.a.fr", `{"hosts":"*.a.fr"}`, true},
		{"a.fr", `{"hosts":"*.a.fr"}`, false},
		{"evila.fr", `{"hosts":"*.a.fr"}`, false},
		{"a.fr", `{"hosts":"https://a.fr a.fr:443 a.fr/x"}`, false},
		{"xn--cole-9oa.fr", `{"hosts":"École.fr"}`, true},
		{"127.0.0.1", `{"hosts":"127.0.0.1"}`, false},
		{"localhost", `{"hosts":"localhost"}`, false},
		{"a.fr", `{"hosts":3}`, false},
		{"a.fr", `nothing`, false},
	} {
		if got := Reaches(granted, x.host, json.RawMessage(x.own)); got != x.want {
			t.Errorf("%s with %s: %v", x.host, x.own, got)
		}
	}
	if Reaches([]Capability{"net.connect:api.example.fr"}, "a.fr", json.RawMessage(`{"hosts":"a.fr"}`)) {
		t.Error("a setting that no capability names opened a host")
	}
	if !Connects(granted) || Connects([]Capability{ReadDirectory}) || Connects(nil) {
		t.Error("who connects")
	}
}
