package dev.facet.local.sqs;

import com.typesafe.config.Config;
import java.util.function.Function;
import org.elasticmq.server.ElasticMQServer;
import org.elasticmq.server.config.ElasticMQServerConfig;

/**
 * Starts ElasticMQ and returns its stop action; only {@link IsolatingClassLoader} loads this class.
 */
public final class ElasticMq implements Function<Config, Runnable> {

  /** Public, because {@link IsolatingClassLoader} loads this class into another runtime package. */
  public ElasticMq() {}

  @Override
  public Runnable apply(Config config) {
    var stop = new ElasticMQServer(new ElasticMQServerConfig(config)).start();
    return stop::apply;
  }
}
