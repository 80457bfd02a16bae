package io.pims.authentication.facade;

import com.squareup.moshi.JsonDataException;
import com.squareup.moshi.JsonReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as unmodifiable maps and lists, text, numbers, booleans and null. The reader bounds the depth. */
final class Json {

    private Json() {}

    /** @throws JsonDataException if a name is there twice */
    static Object read(JsonReader reader) throws IOException {
        switch (reader.peek()) {
            case BEGIN_OBJECT:
                return object(reader);
            case BEGIN_ARRAY:
                return array(reader);
            case NUMBER:
                return number(reader.nextDouble());
            case BOOLEAN:
                return reader.nextBoolean();
            case NULL:
                return reader.nextNull();
            default:
                return reader.nextString();
        }
    }

    private static Map<String, Object> object(JsonReader reader) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            if (object.containsKey(name)) {
                throw new JsonDataException(name + " is there twice");
            }
            object.put(name, read(reader));
        }
        reader.endObject();
        return Collections.unmodifiableMap(object);
    }

    private static List<Object> array(JsonReader reader) throws IOException {
        List<Object> array = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            array.add(read(reader));
        }
        reader.endArray();
        return Collections.unmodifiableList(array);
    }

    private static Number number(double value) {
        if (value == (int) value) {
            return (int) value;
        }
        return value;
    }
}
