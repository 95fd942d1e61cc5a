using System.Text;
using Expflow.Templates;

namespace Expflow.Executors;

/// <summary>Loads modules (Environment Modules, Lmod).</summary>
internal static class ModuleLines
{
    // The function 'module' comes with login shells; a job's shell is none. Profiles print banners, set options, leave traps
    // behind and begin PATH anew, none of which is the command's business.
    private const string Find = """
        if ! type module >/dev/null 2>&1; then
          expflow_path=$PATH
          for expflow_file in "$LMOD_PKG/init/bash" "$MODULESHOME/init/bash" /etc/profile /etc/profile.d/lmod.sh /etc/profile.d/modules.sh /usr/share/lmod/lmod/init/bash /usr/share/modules/init/bash; do
            [ -f "$expflow_file" ] || continue
            { . "$expflow_file"; set +eu; trap - ERR DEBUG; } >/dev/null 2>&1
            PATH=$expflow_path${PATH:+:$PATH}
            type module >/dev/null 2>&1 && break
          done
        fi
        type module >/dev/null 2>&1 || expflow_stop 127 "there is no command 'module' on $(hostname); 'modules' can't be loaded"

        """;

    public static void Append(StringBuilder script, IReadOnlyList<string> modules, string? record)
    {
        if (modules.Count == 0)
            return;
        script.Append(Find);
        foreach (var module in modules)
        {
            var word = ShellQuoting.Word(module);
            script.Append(
                $"module load {word} || expflow_stop $? \"'module load \"{word}\"' failed with exit code $?\"\n"
            );
        }
        // With what these have pulled in, and the versions that the site gave them.
        if (record is not null)
            script.Append($"printf %s \"$LOADEDMODULES\" >{ShellQuoting.Word(record)}\n");
    }
}
