package dev.facet.local.sqs;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A class loader that defines ElasticMQ's classes separately for each server. ElasticMQ keeps its
 * database connections in a static field, so that two servers in one process, each with a different
 * folder, would otherwise write into one database. A process that serves starts one server, but
 * tests run several services side by side in their process.
 */
final class IsolatingClassLoader extends ClassLoader {

  private static final List<String> ISOLATED =
      List.of("org.elasticmq.", "scalikejdbc.", ElasticMq.class.getName());

  private IsolatingClassLoader() {
    super("elasticmq", IsolatingClassLoader.class.getClassLoader());
  }

  /** Returns a function that starts the queues by their configuration and returns their client. */
  @SuppressWarnings("unchecked")
  static Function<Config, SqsClient> elasticMq() {
    try {
      Class<?> type = new IsolatingClassLoader().loadClass(ElasticMq.class.getName());
      return (Function<Config, SqsClient>) type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("ElasticMQ can't be loaded", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (ISOLATED.stream().noneMatch(name::startsWith)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? findClass(name) : known;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (file == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = file.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
