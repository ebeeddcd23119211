// Package redisconn stands in for ToolHive's connection to Redis, which the driver never opens.
package redisconn

import (
	"context"
	"errors"

	"github.com/redis/go-redis/v9"
)

// Config is named by ToolHive's Redis storage.
type Config struct{}

// NewClient refuses: documents are held in memory.
func NewClient(context.Context, *Config) (redis.UniversalClient, error) {
	return nil, errors.New("no Redis here")
}
