package dev.facet.aws.faces;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** The off-heap memory of this process. */
public final class DirectMemory {

  private DirectMemory() {}

  /** Returns the maximum in bytes: {@code MaxDirectMemorySize}, or by default that of the heap. */
  public static long max() {
    String option =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("MaxDirectMemorySize")
            .getValue();
    long set = Long.parseLong(option);
    return set > 0 ? set : Runtime.getRuntime().maxMemory();
  }
}
