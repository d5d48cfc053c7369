package sdk

import (
	"context"
	"time"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/ui"
	"github.com/preau-ent/preau/sdk/wire"
)

// Task is one thing to do by somebody: Id names the thing, the same whoever
// looks, Kind says what to do, Check is the line that shows it, with the child
// it is about and when it is due. It is ticked because the module knows that it
// is done, not because somebody says so.
type Task = wire.Task

// The kinds of tasks, as the core names them.
const (
	ToHandIn  = "hand-in"
	ToRead    = "read"
	ToSign    = "sign"
	ToCorrect = "correct"
	ToDo      = "do"
)

// TaskKinds lists them.
func TaskKinds() []string { return []string{ToHandIn, ToRead, ToSign, ToCorrect, ToDo} }

// NewTask returns a task; kind is one of [TaskKinds].
func NewTask(id, kind string, check *ui.Check) *Task {
	return &Task{Id: id, Kind: kind, Check: check}
}

// TasksFunc answers what awaits somebody: everything due in the span, done or
// not, and what was due before it and still is to be done; what people have to
// answer, such as a signature, also from the day it is asked, whenever it is due.
type TasksFunc func(r *TasksRequest) ([]*Task, error)

// TasksRequest asks for the tasks of [From, To).
type TasksRequest struct {
	Scope
	From, To time.Time // in the viewer's time zone
	ctx      context.Context
}

// Context ends when the core no longer waits for the answer.
func (r *TasksRequest) Context() context.Context { return r.ctx }

// Tasks adds what module.yaml promises with "interfaces: [tasks]".
func (m *Module) Tasks(f TasksFunc) { m.tasks = f }

// Tasks answers what awaits one viewer.
func (r *Runtime) Tasks(ctx context.Context, in *wire.TasksRequest) (*wire.TasksResponse, error) {
	if r.module.tasks == nil {
		return nil, errors.New(errors.NotFound, "")
	}
	l, err := r.live()
	if err != nil {
		return nil, err
	}
	defer l.control.leave()
	scope, err := l.scope(ctx, in.GetViewer(), in.GetHandle())
	if err != nil {
		return nil, err
	}
	tz := scope.Viewer.TimeZone
	tasks, err := r.module.tasks(&TasksRequest{
		Scope: scope, From: in.GetFrom().AsTime().In(tz), To: in.GetTo().AsTime().In(tz), ctx: ctx,
	})
	if err != nil {
		return nil, err
	}
	return &wire.TasksResponse{Tasks: tasks}, nil
}
