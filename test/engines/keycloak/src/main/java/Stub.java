import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Stands in for an interface of Keycloak's: says what it is told, remembers what is set, and else nothing. */
final class Stub implements InvocationHandler {
    private final Map<String, Function<Object[], Object>> answers;
    private final Map<String, Object> properties = new HashMap<>();

    private Stub(Map<String, Function<Object[], Object>> answers) {
        this.answers = answers;
    }

    /** @param answers by the name of the method */
    static <T> T of(Class<T> type, Map<String, Function<Object[], Object>> answers) {
        return type.cast(Proxy.newProxyInstance(Stub.class.getClassLoader(), new Class<?>[] {type}, new Stub(answers)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        Object[] given = arguments == null ? new Object[0] : arguments;
        Function<Object[], Object> answer = answers.get(name);
        if (answer != null) {
            return answer.apply(given);
        }
        if (method.getDeclaringClass() == Object.class) {
            return switch (name) {
                case "equals" -> proxy == given[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> method.getDeclaringClass().getSimpleName();
            };
        }
        if (name.startsWith("set") && given.length == 1) {
            properties.put(name.substring(3), given[0]);
            return null;
        }
        Object property = given.length == 0 ? properties.get(name.replaceFirst("^(get|is)", "")) : null;
        if (property != null) {
            return property;
        }
        return method.isDefault() ? InvocationHandler.invokeDefault(proxy, method, given) : nothing(method.getReturnType());
    }

    private static Object nothing(Class<?> type) {
        if (type == boolean.class) return false;
        if (type == int.class) return 0;
        if (type == long.class) return 0L;
        if (type == Stream.class) return Stream.empty();
        if (type == Set.class) return new HashSet<>();
        if (type == List.class) return new ArrayList<>();
        if (type == Map.class) return new HashMap<>();
        return null;
    }
}
