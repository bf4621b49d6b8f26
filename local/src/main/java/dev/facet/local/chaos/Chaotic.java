package dev.facet.local.chaos;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;

/** An AWS client that passes its calls through {@link Chaos}, for every store that uses it. */
public final class Chaotic implements InvocationHandler {

  private final Object client;
  private final Chaos chaos;

  private Chaotic(Object client, Chaos chaos) {
    this.client = client;
    this.chaos = chaos;
  }

  /**
   * Returns the client with injected faults, or the client itself if no faults are set.
   *
   * @param type the client's interface
   */
  public static <C> C on(Class<C> type, C client, Chaos chaos) {
    return chaos.equals(Chaos.NONE)
        ? client
        : type.cast(
            Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new Chaotic(client, chaos)));
  }

  /**
   * Injects faults into a call's basic form. The interface implements the other forms (with a
   * lambda, page by page) as default methods that use the basic one.
   */
  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (arguments == null) {
      return plainly(method);
    }
    if (arguments[0] instanceof SdkRequest request
        && SdkResponse.class.isAssignableFrom(method.getReturnType())) {
      return chaos.around(request, () -> (SdkResponse) plainly(method, request));
    }
    return method.isDefault()
        ? InvocationHandler.invokeDefault(proxy, method, arguments)
        : plainly(method, arguments);
  }

  private Object plainly(Method method, Object... arguments) {
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      throw switch (e.getTargetException()) {
        case RuntimeException failure -> failure;
        case Error error -> throw error;
        case Throwable other -> new IllegalStateException("clients throw nothing else", other);
      };
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("clients' interfaces are public", e);
    }
  }
}
