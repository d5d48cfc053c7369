package supervise

import (
	"context"
	"fmt"
	"time"
)

// watch returns when the process has ended and nothing of it is left: with the
// one who asked for another, or with what went wrong, or with neither when ctx
// ended.
func (s *Supervisor[P]) watch(ctx context.Context, p P) (*order, error) {
	ping, look := time.NewTicker(s.cfg.Ping), time.NewTicker(min(looks, s.cfg.Ping))
	defer ping.Stop()
	defer look.Stop()
	for missed := 0; ; {
		select {
		case <-p.Done():
			s.leave()
			p.Kill()
			return nil, fmt.Errorf("ended: %w", p.Err())
		case <-ctx.Done():
			s.leave()
			s.drain(p)
			return nil, nil
		case asked := <-s.orders:
			s.leave()
			s.cfg.Crashes.Forgive()
			s.set(Status{State: Starting}, nil)
			s.drain(p)
			return asked, nil
		case <-look.C:
			if err := s.look(p); err != nil {
				s.leave()
				p.Kill()
				return nil, err
			}
			continue
		case <-ping.C:
		}
		err := s.ping(ctx, p)
		switch {
		case ctx.Err() != nil || ended(p): // the next round says how
		case err == nil:
			if missed > 0 {
				s.set(Status{State: Serving, PID: p.PID()}, nil)
			}
			missed = 0
		default:
			if missed++; missed < s.cfg.Misses {
				s.set(Status{State: Degraded, PID: p.PID()}, fmt.Errorf("ping not answered: %w", err))
				continue
			}
			s.leave()
			p.Kill()
			return nil, fmt.Errorf("hung, killed after %d pings: %w", missed, err)
		}
	}
}

func (s *Supervisor[P]) ping(ctx context.Context, p P) error {
	ctx, cancel := context.WithTimeout(ctx, s.cfg.Answer)
	defer cancel()
	return p.Ping(ctx)
}

func (s *Supervisor[P]) look(p P) error {
	if s.cfg.Look == nil || ended(p) {
		return nil
	}
	return s.cfg.Look(p)
}

func (s *Supervisor[P]) drain(p P) {
	bounded, cancel := context.WithTimeout(context.Background(), s.cfg.Drain)
	defer cancel()
	p.Stop(bounded)
}

func ended(p Process) bool {
	select {
	case <-p.Done():
		return true
	default:
		return false
	}
}
