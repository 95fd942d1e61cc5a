using System.CommandLine;
using Expflow.Cli.Screens;
using Expflow.Problems;

namespace Expflow.Cli.Commands;

/// <summary><c>expflow completion</c>: the script by which a shell completes commands, options and experiments.</summary>
internal sealed class CompletionCommand(Composition with)
{
    private static readonly string[] Shells = ["bash", "zsh", "fish"];

    // Each asks '[suggest:POSITION] LINE', which the command-line library answers, one suggestion a line.
    private const string Bash = """
        # expflow completion for bash. For this shell:  source <(expflow completion bash)
        # For every shell:  expflow completion bash > ~/.local/share/bash-completion/completions/expflow
        _expflow() {
            local current=${COMP_LINE:0:COMP_POINT} suggestion
            # bash parts words at '=' and ':' too; what stands before them must not come twice.
            local word=${current##*[[:space:]]} before
            before=${word%"${COMP_WORDS[COMP_CWORD]}"}
            COMPREPLY=()
            while IFS= read -r suggestion; do
                # Options only to whoever has begun one.
                [[ $suggestion == -* && $word != -* ]] && continue
                [[ $suggestion == "$word"* ]] && COMPREPLY+=("$(printf '%q' "${suggestion#"$before"}")")
            done < <("${COMP_WORDS[0]}" "[suggest:${#current}]" "$current" 2>/dev/null)
        }
        complete -o default -F _expflow expflow

        """;

    private const string Zsh = """
        #compdef expflow
        # expflow completion for zsh. For this shell:  source <(expflow completion zsh)
        # For every shell:  expflow completion zsh > a folder of $fpath, as _expflow
        _expflow() {
            local current="${BUFFER[1,CURSOR]}"
            local -a suggestions
            suggestions=("${(@f)$("${words[1]}" "[suggest:${#current}]" "$current" 2>/dev/null)}")
            if [[ -n "${suggestions[1]}" ]]; then
                compadd -a suggestions
            else
                _files
            fi
        }
        if [[ "${funcstack[1]}" == _expflow ]]; then _expflow "$@"; else compdef _expflow expflow; fi

        """;

    private const string Fish = """
        # expflow completion for fish. For every shell:
        #   expflow completion fish > ~/.config/fish/completions/expflow.fish
        function __expflow_suggest
            set -l current (commandline --cut-at-cursor --current-process | string collect)
            expflow "[suggest:"(string length -- "$current")"]" "$current" 2>/dev/null
        end
        complete --command expflow --arguments '(__expflow_suggest)'

        """;

    public static Command Create(Composition with)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh or fish." };
        shell.CompletionSources.Add(Shells);
        var json = SharedOptions.Json();
        var command = new Command(
            "completion",
            "Print the script by which a shell completes commands, options and experiments.\n\nExample: source <(expflow completion bash)"
        )
        {
            shell,
            json,
        };
        command.SetAction(parsed => new CompletionCommand(with).Run(parsed.GetValue(shell)!, parsed.GetValue(json)));
        return command;
    }

    private int Run(string shell, bool json)
    {
        var script = shell switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            "fish" => Fish,
            _ => null,
        };
        if (script is null)
            return with.Terminal.Fail(
                new Problem($"'{shell}' is no shell that can be completed. There is 'bash', 'zsh' and 'fish'.")
            );
        if (json)
            JsonOutput.Print(
                with.Terminal,
                writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteString("shell", shell);
                    writer.WriteString("script", script);
                    writer.WriteEndObject();
                }
            );
        else
            with.Terminal.Out.Write(script);
        return ExitCode.Done;
    }
}
