package sdk

import (
	"context"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/keepalive"
	"google.golang.org/protobuf/proto"

	"github.com/preau-ent/preau/sdk/errors"
	"github.com/preau-ent/preau/sdk/wire"
)

// NewServer returns a gRPC server with the limits and guards of the control
// lane; opts are those of the transport.
func (r *Runtime) NewServer(opts []grpc.ServerOption) *grpc.Server {
	return grpc.NewServer(append(opts,
		grpc.MaxRecvMsgSize(wire.MaxMessage),
		grpc.MaxSendMsgSize(wire.MaxMessage),
		// Both ends share a machine and the lifeline: pings would only wake it.
		grpc.KeepaliveParams(keepalive.ServerParameters{Time: time.Duration(math.MaxInt64)}),
		grpc.UnaryInterceptor(guard(r.setting.Log)),
	)...)
}

// guard makes of every panic and error of a module an error of package errors,
// and of an answer that gRPC would refuse one that says so.
func guard(log *slog.Logger) grpc.UnaryServerInterceptor {
	own := "/" + wire.Module_ServiceDesc.ServiceName + "/"
	return func(ctx context.Context, in any, info *grpc.UnaryServerInfo, next grpc.UnaryHandler) (out any, err error) {
		method, mine := strings.CutPrefix(info.FullMethod, own)
		if !mine {
			return next(ctx, in) // go-plugin's own services
		}
		log := log.With("method", method)
		defer func() {
			if v := recover(); v != nil {
				out, err = nil, errors.ToStatus(panicked(log, v))
			}
		}()
		out, err = next(ctx, in)
		if err == nil {
			err = fits(out)
		}
		if err != nil {
			noteError(log, errors.KindOf(err), err)
			return nil, errors.ToStatus(err)
		}
		return out, nil
	}
}

// fits refuses a message that is larger than either side accepts.
func fits(m any) error {
	p, ok := m.(proto.Message)
	if !ok {
		return nil
	}
	if n := proto.Size(p); n > wire.MaxMessage {
		return errors.Wrap(fmt.Errorf("%T of %d bytes, at most %d", m, n, wire.MaxMessage), errors.TooLarge, "")
	}
	return nil
}

// DialOptions are those of a connection to the core's services.
func DialOptions() []grpc.DialOption {
	return []grpc.DialOption{
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(wire.MaxMessage), grpc.MaxCallSendMsgSize(wire.MaxMessage)),
		grpc.WithUnaryInterceptor(func(ctx context.Context, method string, in, out any, c *grpc.ClientConn,
			next grpc.UnaryInvoker, opts ...grpc.CallOption) error {
			if err := fits(in); err != nil {
				return errors.ToStatus(err)
			}
			return next(ctx, method, in, out, c, opts...)
		}),
	}
}
