import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import software.amazon.event.ruler.Machine;

/**
 * Prints later-answers.json with what AWS's event-ruler answers to its cases, one case per line.
 *
 * With the jars of event-ruler (https://github.com/aws/event-ruler, "mvn package"), Jackson and fastdoubleparser:
 * java -cp "jars/*" Answers.java later-answers.json
 */
public class Answers {
  public static void main(String[] args) throws Exception {
    ObjectMapper json = new ObjectMapper();
    JsonNode file = json.readTree(new File(args[0]));
    StringBuilder cases = new StringBuilder();
    for (JsonNode one : file.get("cases")) {
      JsonNode pattern = one.get("pattern").isTextual() ? file.get("patterns").get(one.get("pattern").asText()) : one.get("pattern");
      Machine machine = new Machine();
      machine.addRule("rule", json.writeValueAsString(pattern));
      ((ObjectNode) one).put("eventRuler", !machine.rulesForJSONEvent(json.writeValueAsString(one.get("event"))).isEmpty());
      cases.append(cases.length() == 0 ? "\n  " : ",\n  ").append(json.writeValueAsString(one));
    }
    System.out.println("{\n \"source\": " + json.writeValueAsString(file.get("source")) + ",\n \"patterns\": "
        + json.writeValueAsString(file.get("patterns")) + ",\n \"cases\": [" + cases + "\n ]\n}");
  }
}
