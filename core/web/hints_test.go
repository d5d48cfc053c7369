package web_test

import (
	"strings"
	"testing"
)

// TestHintOfArranging: who arranges a page for the first time is told how, once;
// who has the guided page arranges nothing and is told nothing.
func TestHintOfArranging(t *testing.T) {
	s := start(t)
	const arranging, words = "/?organiser=1", "Alt et une flèche"
	hinted := func(v *visitor, want bool, when string) {
		t.Helper()
		text := v.get(arranging).text
		if got := strings.Contains(text, "data-hint") && strings.Contains(text, words); got != want {
			t.Errorf("%s: hint %v, want %v", when, got, want)
		}
	}
	v := s.expert("ana")
	v.get("/") // the hint of the expert page itself
	hinted(v, true, "first time")
	if page := s.as("bilal").get("/notifications").text; !inOrder(page, `class="crumbs"`, "<h1", "data-hint", `class="stack"`) {
		t.Error("a hint does not stand under the title")
	}
	hinted(v, false, "second time")
	hinted(s.as("ana"), false, "on another device")
	hinted(s.expert("bilal"), true, "somebody else")
	hinted(s.as("paul"), false, "a guided page")
}

// inOrder reports whether the parts stand in a page, one after the other.
func inOrder(page string, parts ...string) bool {
	for _, part := range parts {
		_, rest, found := strings.Cut(page, part)
		if !found {
			return false
		}
		page = rest
	}
	return true
}

// TestLooksAreTried: the page of the choices has a specimen that a script can
// have follow them, and the letters to try; other pages load neither.
func TestLooksAreTried(t *testing.T) {
	s := start(t)
	v := s.as("ana")
	const letters = `media="not all"`
	page := v.get(looksPath).text
	for _, want := range []string{`id="n-exemple"`, "Sortie au musée", letters} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	if strings.Contains(page, "<style") || strings.Contains(page, " style=") {
		t.Error("style in the page")
	}
	if strings.Contains(v.get("/compte").text, letters) {
		t.Error("another page loads the letters")
	}
	v.post(looksPath, "police", "dys")
	if page := v.get(looksPath).text; strings.Contains(page, letters) || !strings.Contains(page, "/assets/dys-") {
		t.Error("the letters that were chosen are not worn")
	}
	if other := s.nobody().get(looksPath); !strings.Contains(other.text, `id="n-exemple"`) {
		t.Error("no specimen before sign-in")
	}
}
