package plugintest

import (
	"context"
	"time"

	"google.golang.org/protobuf/types/known/timestamppb"

	"github.com/preau-ent/preau/sdk"
	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/wire"
)

// Tasks returns what awaits the visitor in [from, to): a part of their "ma
// semaine".
func (v *Visitor) Tasks(from, to time.Time) []*sdk.Task {
	v.h.t.Helper()
	handle, end := v.h.core.open(v.school, v.person)
	defer end()
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	out, err := v.h.module.Tasks(ctx, &wire.TasksRequest{
		Viewer: v.viewer(), Handle: handle, From: timestamppb.New(from), To: timestamppb.New(to),
	})
	if err != nil {
		v.h.t.Fatalf("%s: tasks: %v", v.person, errors.FromStatus(err))
	}
	for _, task := range out.GetTasks() {
		v.h.examine(task)
	}
	return out.GetTasks()
}
