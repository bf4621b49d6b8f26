package dev.facet.local.sdk;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.pagination.sync.SdkIterable;

/**
 * An AWS client whose calls pass through an {@link Interceptor}. Embedded DynamoDB ignores the
 * SDK's own interceptors.
 *
 * <p>The interceptor sees every call that takes a request, alone or with a body, and returns one
 * response. An operation that is called with a consumer or page by page reaches the interceptor in
 * this form too. Other calls go to the client directly.
 */
public final class ClientProxy implements InvocationHandler {

  private final Object client;
  private final Interceptor interceptor;

  /** Intercepts the calls of a client. */
  @FunctionalInterface
  public interface Interceptor {

    /**
     * Makes a call.
     *
     * @param request the caller's request
     * @param next sends a request to the client
     * @return the response for the caller
     */
    SdkResponse intercept(SdkRequest request, Next next);
  }

  /** Sends a request to the client that a proxy stands for. */
  @FunctionalInterface
  public interface Next {

    /** Returns the client's response; throws the client's exceptions. */
    SdkResponse send(SdkRequest request);
  }

  private ClientProxy(Object client, Interceptor interceptor) {
    this.client = client;
    this.interceptor = interceptor;
  }

  /**
   * Returns a client with intercepted calls. It is as thread-safe as the client and the
   * interceptor.
   *
   * @param type the client's interface
   */
  public static <C> C around(Class<C> type, C client, Interceptor interceptor) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, new ClientProxy(client, interceptor)));
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments == null || arguments.length == 0) {
      return send(method, arguments);
    }
    if (arguments[0] instanceof SdkRequest request
        && SdkResponse.class.isAssignableFrom(method.getReturnType())) {
      return interceptor.intercept(
          request, sent -> (SdkResponse) send(method, withFirst(sent, arguments)));
    }
    // the interface's own implementation calls the basic form on the proxy
    return method.isDefault()
            && (arguments[0] instanceof Consumer
                || SdkIterable.class.isAssignableFrom(method.getReturnType()))
        ? InvocationHandler.invokeDefault(proxy, method, arguments)
        : send(method, arguments);
  }

  private static Object[] withFirst(SdkRequest request, Object[] arguments) {
    Object[] sent = arguments.clone();
    sent[0] = request;
    return sent;
  }

  private Object send(Method method, Object @Nullable ... arguments) {
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      throw switch (e.getTargetException()) {
        case RuntimeException failure -> failure;
        case Error error -> throw error;
        case Throwable other ->
            new IllegalStateException("An AWS client threw a checked exception.", other);
      };
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("The interface of an AWS client is not public.", e);
    }
  }
}
