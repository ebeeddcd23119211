import { readFileSync } from "node:fs";
import path from "node:path";
import { output, type Toolchain } from "./toolchain.js";

/** `pom.xml` with exact versions, the engine's in the property `engine.version`; the class is `Driver`. */
export const MAVEN: Toolchain = {
  needs: () => ["mvn", "--version"],
  async install(_engine, folder, newest) {
    const mvn = ["mvn", "--quiet", "--batch-mode"];
    if (newest) {
      const update = "org.codehaus.mojo:versions-maven-plugin:update-property";
      const options = [
        "-Dproperty=engine.version",
        "-DgenerateBackupPoms=false",
        "-DallowSnapshots=false",
        `-Dmaven.version.ignore=${PREVIEWS}`,
      ];
      await output([...mvn, update, ...options], folder);
    }
    await output(
      [...mvn, "compile", "dependency:build-classpath", `-Dmdep.outputFile=${CLASSPATH_FILE}`],
      folder,
    );
  },
  async version(_engine, folder) {
    const pom = readFileSync(path.join(folder, "pom.xml"), "utf8");
    const version = /<engine\.version>\s*([^<\s]+)/.exec(pom)?.[1];
    if (version === undefined) throw new Error(`${folder}/pom.xml has no property engine.version.`);
    return version;
  },
  command(_engine, folder) {
    const dependencies = readFileSync(path.join(folder, CLASSPATH_FILE), "utf8").trim();
    const classpath = [path.join(folder, "target", "classes"), dependencies].join(path.delimiter);
    return ["java", "-cp", classpath, "Driver"];
  },
};

/** Versions that are no releases for everybody, as Maven's plugin for versions reads them. */
export const PREVIEWS = "(?i).+[.-](?:alpha|beta|m|rc|cr|milestone|preview)[.-]?[0-9]*";

const CLASSPATH_FILE = "classpath.txt";
