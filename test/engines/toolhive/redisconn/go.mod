module github.com/stacklok/toolhive-core/redisconn

go 1.27

require github.com/redis/go-redis/v9 v9.0.0
