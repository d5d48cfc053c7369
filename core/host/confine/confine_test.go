package confine_test

import "testing"

func TestRuns(t *testing.T) {
	said, err := run(t, confined(t), launch(t), "read=/etc/passwd", "list=/")
	t.Log(said, err)
}
