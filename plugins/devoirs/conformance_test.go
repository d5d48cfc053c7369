package main

import (
	"testing"

	"github.com/preau-ent/preau/sdk/conformance"
)

func TestConformance(t *testing.T) { conformance.RunModule(t, module(), ".") }
