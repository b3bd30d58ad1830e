package dev.porthole.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final List<Class<?>> PUBLIC = List.of(
            DeviceHttp.class,
            DeviceHttpException.class,
            DeviceReply.class,
            DeviceReply.Timings.class,
            DeviceRequest.class,
            DeviceRequest.Builder.class,
            DeviceRequest.BodyEnd.class,
            HeaderFields.class,
            ServerKeyTrust.class,
            ServerReply.class,
            ServerRequest.class,
            SmallServer.class,
            SmallServer.Handler.class,
            SmallServer.Limits.class,
            TlsPeer.class,
            TlsTrust.class);

    @Test
    void noHttpClientTypeIsInASignatureThatOtherModulesSee() {
        List<Class<?>> types = new ArrayList<>();
        for (Class<?> each : PUBLIC) {
            for (Method method : each.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())) {
                    types.add(method.getReturnType());
                    types.addAll(List.of(method.getParameterTypes()));
                }
            }
            for (Constructor<?> constructor : each.getConstructors()) {
                types.addAll(List.of(constructor.getParameterTypes()));
            }
        }
        assertThat(types).isNotEmpty().noneMatch(type -> type.getName().startsWith("org.apache"));
    }
}
