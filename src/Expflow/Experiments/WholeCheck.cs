using Expflow.Documents;
using Expflow.Problems;
using Expflow.Templates;

namespace Expflow.Experiments;

/// <summary>Checks what no part of the file can tell alone.</summary>
internal static class WholeCheck
{
    public static void Check(
        Experiment experiment,
        IReadOnlyDictionary<string, ValueSource> swept,
        MapReader reader,
        List<Problem> problems
    )
    {
        // A stage that could not be read may well use what the others don't.
        var complete =
            experiment.Stages.Count == (reader.Map["stages"] as DocumentNode.Map)?.Entries.Count
            || (reader.Map["stages"] is null && experiment.Stages.Count == 1);
        if (complete)
            UnusedParameters(experiment, swept, problems);
        if (experiment.Keep == KeepOutputs.Packed)
            Packed(experiment, reader["keep"]!, problems);
    }

    private static void UnusedParameters(
        Experiment experiment,
        IReadOnlyDictionary<string, ValueSource> swept,
        List<Problem> problems
    )
    {
        var used = experiment.Stages.SelectMany(stage => stage.Uses).ToHashSet(StringComparer.Ordinal);
        foreach (var name in experiment.Sweep.Names.Where(name => !used.Contains(name)))
            problems.Add(
                swept[name]
                    .Problem(
                        $"'{name}' is swept, but no command uses it. Put '{{{name}}}' or '{{flags}}' into a command, or list it under 'uses'."
                    )
            );
    }

    // Packed runs have no folders of their own.
    private static void Packed(Experiment experiment, DocumentNode keep, List<Problem> problems)
    {
        foreach (var stage in experiment.Stages)
            if (WhatNeedsFolder(stage) is { } what)
                problems.Add(
                    keep.Source.Problem(
                        $"'keep: packed' leaves no run folders, but '{stage.Name}' has {what}. Remove one of the two."
                    )
                );
    }

    private static string? WhatNeedsFolder(Stage stage)
    {
        if (stage.Outputs.Count > 0)
            return "'outputs'";
        if (stage.Workdir == StartFolder.Run)
            return "'workdir: run'";
        if (stage.Metrics.Any(source => source.File is not null))
            return "metrics in a file";
        var folder = stage.Command.Pieces.OfType<TemplatePiece.Value>().Select(piece => piece.Placeholder);
        if (folder.Any(each => each is Placeholder.Known { Word: KnownPlaceholder.RunFolder }))
            return "'{run.dir}' in its command";
        return stage.Command.UsedStages is [var upstream, ..] ? $"'{{{upstream}.dir}}' in its command" : null;
    }
}
