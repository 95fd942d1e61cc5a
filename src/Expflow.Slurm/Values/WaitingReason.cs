namespace Expflow.Slurm;

/// <summary>Why a job waits (or failed to start): Slurm's word, and what it means for the one who waits.</summary>
/// <remarks>Words are those of <c>man squeue</c>, "JOB REASON CODES", of 20.11 to 25.05. One not known is shown as it came.</remarks>
public readonly record struct WaitingReason
{
    private readonly string? word;
    private readonly string? words;

    private WaitingReason(string word, string? words, bool neverEnds, string? hint) =>
        (this.word, this.words, NeverEnds, Hint) = (word, words, neverEnds, hint);

    /// <summary>The word as it came; empty for none.</summary>
    public string Word => word ?? "";

    /// <summary>A fragment that goes on after "waits: " – "jobs of higher priority are ahead". The word itself where it isn't known.</summary>
    public string Words => words ?? Word;

    /// <summary>Whether no waiting will help: somebody must do something.</summary>
    public bool NeverEnds { get; }

    /// <summary>What to do, where something can be done; otherwise null.</summary>
    public string? Hint { get; }

    /// <summary>Whether Slurm gave no reason (<c>None</c>, empty, <c>(null)</c>).</summary>
    public bool IsNone => Word is "" or "None" or "(null)" or "N/A";

    /// <summary>Reads a reason as <c>squeue</c>, <c>scontrol</c> and <c>sacct</c> give it, with or without brackets.</summary>
    public static WaitingReason Parse(string? text)
    {
        var word = text?.Trim() ?? "";
        if (word is ['(', .., ')'])
            word = word[1..^1];
        var meaning = WaitingReasons.Of(word);
        return new(word, meaning?.Words, meaning?.NeverEnds ?? false, meaning?.Hint);
    }

    /// <summary>The word as it came.</summary>
    public override string ToString() => Word;
}
