using Microsoft.AspNetCore.Mvc;

namespace Refunds;

public sealed record RefundCallback(string EventId, string OrderRef, long AmountMinor, string Currency);

public static class RefundCallbackEndpoint
{
    public static void MapRefundCallback(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/callbacks/refunds", HandleAsync)
            .AddEndpointFilter<PartnerSignatureFilter>();

    private static async Task<IResult> HandleAsync(
        [FromBody] RefundCallback callback,
        [FromServices] IRefundQueue queue,
        CancellationToken ct)
    {
        var errors = RefundCallbackRules.Check(callback);
        if (errors.Count > 0)
        {
            return Results.ValidationProblem(errors);
        }

        // the queue drops events whose id it already holds
        await queue.EnqueueAsync(callback.EventId, new RefundCommand(
            callback.OrderRef,
            callback.AmountMinor,
            callback.Currency), ct);
        return Results.Accepted();
    }
}
