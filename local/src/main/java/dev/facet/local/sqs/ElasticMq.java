package dev.facet.local.sqs;

import com.typesafe.config.Config;
import java.util.function.Function;
import org.elasticmq.server.ElasticMQServer;
import org.elasticmq.server.config.ElasticMQServerConfig;

/** Starts ElasticMQ, and tells how to stop it; loaded by {@link OwnStatics} only. */
public final class ElasticMq implements Function<Config, Runnable> {

  /** For its loader, whose other classes are another package to the machine. */
  public ElasticMq() {}

  @Override
  public Runnable apply(Config config) {
    var stop = new ElasticMQServer(new ElasticMQServerConfig(config)).start();
    return stop::apply;
  }
}
