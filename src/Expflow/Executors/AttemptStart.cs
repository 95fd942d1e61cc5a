using System.Globalization;
using Expflow.Contract;
using Expflow.Experiments;
using Expflow.Processes;
using Expflow.Templates;

namespace Expflow.Executors;

/// <summary>Makes of a run and its place what has to be started: program, arguments, variables, folder.</summary>
/// <param name="project">The project's folder.</param>
/// <param name="environment">The variables that all runs share.</param>
/// <param name="programs">Finds programs.</param>
public sealed class AttemptStart(string project, EnvironmentBlock environment, ProgramSearch programs)
{
    private const string Shell = "/bin/sh";

    // Signals reach the whole process group. The wrapper has to outlive them, to write down how the command ended; handlers, unlike
    // ignored signals, are not handed down to the command.
    private const string Wrapper = "trap : TERM INT HUP USR1 USR2; f=$1; shift; \"$@\"; c=$?; echo $c >\"$f\"; exit $c";

    private readonly string bash = programs.Find("bash", "/") ?? Shell;
    private readonly Dictionary<string, string?> found = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>What to start; null with the reason when its program doesn't exist.</summary>
    public ProcessStart? Prepare(
        RunOrder order,
        AttemptPlace place,
        string token,
        MachineShare share,
        DateTimeOffset? deadline,
        out string reason
    )
    {
        var values = ValuesOf(order, place);
        var folder = order.Stage.Workdir == StartFolder.Run ? place.RunFolder : order.Code;
        var command = CommandOf(order, place, values, folder, out reason);
        if (command is null)
            return null;
        if (place is AttemptPlace.Own own)
            // Functions such as 'module' come in variables with names that a plain sh doesn't pass on.
            command =
            [
                order.Stage.Environment.NeedsShell ? bash : Shell,
                "-c",
                Wrapper,
                "expflow",
                own.Folder.Exit,
                .. command,
            ];
        return new()
        {
            Program = command[0],
            Arguments = command[1..],
            Environment = environment,
            Variables = [.. Variables(order, place, token, share, deadline, values)],
            Folder = folder,
            Output = place.Output,
        };
    }

    private List<string>? CommandOf(
        RunOrder order,
        AttemptPlace place,
        TemplateValues values,
        string folder,
        out string reason
    )
    {
        reason = "";
        var stage = order.Stage;
        if (stage.Environment.NeedsShell || stage.Command.RenderArguments(values) is not { } arguments)
        {
            var folders = new ScriptFolders(project, order.Code, place.RunFolder, folder)
            {
                Modules = (place as AttemptPlace.Own)?.Folder.Modules,
            };
            return [bash, "-c", EnvironmentScript.With(stage, folders, stage.Command.Render(values))];
        }
        if (FileOf(arguments[0], folder) is { } program)
            return [program, .. arguments.Skip(1)];
        reason = $"there is no program '{arguments[0]}' in PATH or in '{folder}'";
        return null;
    }

    private string? FileOf(string program, string folder)
    {
        var key = program.Contains('/', StringComparison.Ordinal) ? Path.Combine(folder, program) : program;
        lock (gate)
        {
            if (!found.TryGetValue(key, out var file))
                found.Add(key, file = programs.Find(program, folder));
            return file;
        }
    }

    private TemplateValues ValuesOf(RunOrder order, AttemptPlace place) =>
        new()
        {
            Parameters = order.Parameters,
            RunId = order.Run.Id.ToString(),
            RunFolder = place.RunFolder,
            CodeFolder = order.Code,
            ProjectFolder = project,
            ParametersFile = AttemptFolder.ParametersOf(place.RunFolder),
            StageFolders = order.Upstream,
        };

    private static Dictionary<string, string> Variables(
        RunOrder order,
        AttemptPlace place,
        string token,
        MachineShare share,
        DateTimeOffset? deadline,
        TemplateValues values
    )
    {
        var cores = share.Request.Cores.ToString(CultureInfo.InvariantCulture);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [EnvironmentNames.RunId] = values.RunId,
            [EnvironmentNames.Attempt] = place.Number.ToString(CultureInfo.InvariantCulture),
            [EnvironmentNames.RunDirectory] = place.RunFolder,
            [EnvironmentNames.Parameters] = values.ParametersFile,
            [EnvironmentNames.Metrics] = place.Metrics,
            [EnvironmentNames.Checkpoints] = AttemptFolder.CheckpointsOf(place.RunFolder),
            [EnvironmentNames.Deadline] = deadline?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) ?? "",
            [EnvironmentNames.AttemptToken] = token,
            // Runs beside each other must not each start a thread for every core of the machine.
            ["OMP_NUM_THREADS"] = cores,
        };
        // Empty hides the GPUs from a run that asked for none, as Slurm does.
        if (share.TellsGpus)
            variables["CUDA_VISIBLE_DEVICES"] = string.Join(',', share.Gpus);
        foreach (var (name, template) in order.Stage.Environment.Variables)
            variables[name] = template.RenderPlain(values);
        return variables;
    }
}
