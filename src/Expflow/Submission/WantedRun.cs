using Expflow.Experiments;
using Expflow.Journal;
using Expflow.Manifests;
using Expflow.Tracking;

namespace Expflow.Submission;

/// <summary>A run that is to go out to Slurm, or into a pool's queue.</summary>
public sealed record WantedRun
{
    /// <summary>The run.</summary>
    public required ManifestRun Run { get; init; }

    /// <summary>Its stage, as its submission has resolved it.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The submission that it is carried out for: it gives code and settings.</summary>
    public required ManifestHeader Submission { get; init; }

    /// <summary>The run's last change of mind: <see cref="RunHistory.Turn"/>.</summary>
    public required int Turn { get; init; }

    /// <summary>The run's last attempt that the journal knows; 0 for none: <see cref="RunHistory.Attempt"/>.</summary>
    public int After { get; init; }

    /// <summary>The last order to run it again; null when there was none.</summary>
    public JournalEvent.Requeued? Requeued { get; init; }

    /// <summary>What it asks for.</summary>
    public required ArrayAsk Ask { get; init; }

    /// <summary>The run folders, relative to the project's runs, of each stage that it needs, those further up included.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Upstream { get; init; }
}
