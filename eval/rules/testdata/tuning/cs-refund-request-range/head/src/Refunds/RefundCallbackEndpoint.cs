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
        // the queue drops events whose id it already holds
        await queue.EnqueueAsync(callback.EventId, new RefundCommand(
            callback.OrderRef,
            callback.AmountMinor,
            callback.Currency), ct);
        return Results.Accepted();
    }
}
