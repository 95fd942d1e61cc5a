namespace Expflow.Results;

/// <summary>Which value of a metric stands for a whole run.</summary>
public enum SummaryPart
{
    /// <summary>The value at the largest step.</summary>
    Last,

    /// <summary>The smallest finite value.</summary>
    Min,

    /// <summary>The largest finite value.</summary>
    Max,

    /// <summary>The mean of the finite values.</summary>
    Mean,
}
